# What a team would write for a project whose image and pulls come from Docker Hub: TerraformTests applies it to the
# sandbox, plans again, changes `change`, and destroys all of it.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "buildspec" { type = string }
# What the second apply changes in every resource that can change.
variable "change" { type = string }
variable "password" {
  type      = string
  sensitive = true
}

provider "aws" {
  region                      = "us-east-1"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}

resource "aws_iam_role" "build" {
  name = "terraform-build"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
  description = var.change
  tags        = { team = var.change }
}

resource "aws_iam_role_policy" "secret" {
  name = "secret"
  role = aws_iam_role.build.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = aws_secretsmanager_secret.hub.arn },
      { Sid = var.change, Effect = "Allow", Action = ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"], Resource = "*" },
    ]
  })
}

resource "aws_secretsmanager_secret" "hub" {
  name                    = "terraform-dockerhub"
  description             = var.change
  kms_key_id              = aws_kms_key.secret.arn
  recovery_window_in_days = 0
  tags                    = { team = var.change }
}

resource "aws_kms_key" "secret" {
  description             = var.change
  deletion_window_in_days = 7
  enable_key_rotation     = true
  rotation_period_in_days = var.change == "one" ? 180 : 200
}

resource "aws_kms_alias" "secret" {
  name          = "alias/terraform"
  target_key_id = aws_kms_key.secret.key_id
}

resource "aws_secretsmanager_secret_version" "hub" {
  secret_id     = aws_secretsmanager_secret.hub.id
  secret_string = jsonencode({ username = "sandbox-user", password = var.password, change = var.change })
}

resource "aws_iam_policy" "extra" {
  name   = "terraform-extra"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:Decrypt", Resource = aws_kms_key.secret.arn }] })
}

resource "aws_iam_role_policy_attachment" "extra" {
  role       = aws_iam_role.build.name
  policy_arn = aws_iam_policy.extra.arn
}

resource "aws_iam_user" "operator" {
  name          = "terraform-operator"
  force_destroy = true
  tags          = { team = var.change }
}

resource "aws_iam_user_policy" "operator" {
  name   = "start"
  user   = aws_iam_user.operator.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Sid = var.change, Effect = "Allow", Action = "codebuild:StartBuild", Resource = "*" }] })
}

resource "aws_iam_access_key" "operator" {
  user = aws_iam_user.operator.name
}

resource "aws_codebuild_project" "web" {
  name         = "terraform-web"
  description  = var.change
  tags         = { team = var.change }
  service_role = aws_iam_role.build.arn

  artifacts { type = "NO_ARTIFACTS" }

  source {
    type      = "NO_SOURCE"
    buildspec = var.buildspec
  }

  environment {
    type                        = "LINUX_CONTAINER"
    compute_type                = "BUILD_GENERAL1_SMALL"
    image                       = "docker:dind"
    image_pull_credentials_type = "SERVICE_ROLE"
    privileged_mode             = true

    registry_credential {
      credential          = aws_secretsmanager_secret.hub.arn
      credential_provider = "SECRETS_MANAGER"
    }
    environment_variable {
      name  = "DOCKERHUB_USERNAME"
      type  = "SECRETS_MANAGER"
      value = "${aws_secretsmanager_secret.hub.name}:username"
    }
    environment_variable {
      name  = "DOCKERHUB_PASSWORD"
      type  = "SECRETS_MANAGER"
      value = "${aws_secretsmanager_secret.hub.name}:password"
    }
  }

  depends_on = [aws_iam_role_policy.secret, aws_iam_role_policy_attachment.extra]
}
